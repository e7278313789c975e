import { deflateRawSync } from 'node:zlib';
import { collectionSheets } from '@credit/contracts';
import { loadRules, repositoryRoot } from '@credit/platform';
import { join } from 'node:path';

export const sheets = collectionSheets(loadRules(join(repositoryRoot(), 'rules')).items);

/** A zip file of these parts, written out by hand, so that it can also lie: `claims` is what a part says it unpacks to. */
export function zip(parts: Readonly<Record<string, string | Buffer>>, claims: Readonly<Record<string, number>> = {}): Buffer {
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const data = Buffer.from(content);
    const packed = deflateRawSync(data);
    const path = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(data.length, 22);
    local.writeUInt16LE(path.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(claims[name] ?? data.length, 24);
    central.writeUInt16LE(path.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, path, packed);
    centrals.push(central, path);
    offset += 30 + path.length + packed.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const column = (index: number): string => (index < 26 ? '' : String.fromCharCode(64 + Math.floor(index / 26))) + String.fromCharCode(65 + (index % 26));
const inline = (text: string): string => ` t="inlineStr"><is><t>${text}</t></is></c>`;

/** The parts of a workbook with every sheet and its heads; `cell` of a sheet is the XML after `<c r="…"` in its second row. */
export function bookParts(cells: Readonly<Record<string, Readonly<Record<string, string>>>> = {}): Record<string, string> {
  const parts: Record<string, string> = {
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${sheets.map(({ name }, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="r${at + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets.map((_, at) => `<Relationship Id="r${at + 1}" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}</Relationships>`,
  };
  sheets.forEach(({ kind, columns }, at) => {
    const second = columns.map(({ field }, index) => (cells[kind]?.[field] === undefined ? '' : `<c r="${column(index)}2"${cells[kind]?.[field]}`)).join('');
    const heads = columns.map(({ header }, index) => `<c r="${column(index)}1"${inline(header)}`).join('');
    parts[`xl/worksheets/sheet${at + 1}.xml`] = `<worksheet><sheetData><row r="1">${heads}</row><row r="2">${second}</row></sheetData></worksheet>`;
  });
  return parts;
}
