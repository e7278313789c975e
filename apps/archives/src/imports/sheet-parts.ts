import { Problem } from '@credit/contracts';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { ZipArchive } from './zip-archive';

/** What a part is read for; names come without their prefix. */
export interface PartListener {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

const plainName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Reads one part of a workbook as a stream. A document type declares nothing here: an entity of its own is a fault, not expanded. */
export async function readPart(archive: ZipArchive, name: string, { open, text, close }: PartListener): Promise<void> {
  const parser = new SaxesParser({ position: false, xmlns: false });
  if (open) parser.on('opentag', (tag: SaxesTagPlain) => open(plainName(tag.name), tag.attributes));
  if (text) parser.on('text', text);
  if (close) parser.on('closetag', (tag: SaxesTagPlain) => close(plainName(tag.name)));
  parser.on('error', (error) => {
    throw error;
  });
  for await (const piece of archive.text(name)) parser.write(piece);
  parser.close();
}

/** 工作表 by name, with the part it stands in; and whether days count from 1904. */
export interface Book {
  readonly partOf: ReadonlyMap<string, string>;
  readonly from1904: boolean;
}

const bookPart = 'xl/workbook.xml';
const relationsPart = 'xl/_rels/workbook.xml.rels';
const stringsPart = 'xl/sharedStrings.xml';
const stylesPart = 'xl/styles.xml';

export async function readBook(archive: ZipArchive): Promise<Book> {
  if (!archive.has(bookPart) || !archive.has(relationsPart)) throw new Problem('import.not-a-workbook');
  const targets = new Map<string, string>();
  await readPart(archive, relationsPart, {
    open: (name, { Id, Target, TargetMode }) => {
      // A part outside the file is never looked at.
      if (name === 'Relationship' && Id && Target && TargetMode !== 'External') targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  const partOf = new Map<string, string>();
  let from1904 = false;
  await readPart(archive, bookPart, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = attributes['date1904'] === '1' || attributes['date1904'] === 'true';
      const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
      const target = targets.get(relation ?? '');
      if (name === 'sheet' && attributes['name'] && target) partOf.set(attributes['name'].trim(), target);
    },
  });
  return { partOf, from1904 };
}

/** 共享字符串 — rich text without its looks, and without the reading aids beside it. */
export async function readStrings(archive: ZipArchive): Promise<readonly string[]> {
  const strings: string[] = [];
  if (!archive.has(stringsPart)) return strings;
  let current = '';
  let inText = false;
  let inPhonetic = false;
  await readPart(archive, stringsPart, {
    open: (name) => {
      if (name === 'si') current = '';
      if (name === 't') inText = true;
      if (name === 'rPh') inPhonetic = true;
    },
    text: (text) => {
      if (inText && !inPhonetic) current += text;
    },
    close: (name) => {
      if (name === 't') inText = false;
      if (name === 'rPh') inPhonetic = false;
      if (name === 'si') strings.push(unescaped(current));
    },
  });
  return strings;
}

const unwritable = /[\p{Cc}\p{Cs}]/u;

/** `_x000D_` is how a workbook writes a character that XML has none for; what no text of ours may hold is left out. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return unwritable.test(character) ? '' : character;
  });
}

const builtInDates = [[14, 17], [22, 22], [27, 36], [50, 58]] as const;
const withoutLiterals = (format: string): string => format.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, '');

/** 日期格式 — which cell styles show their number as a day. */
export async function readDateStyles(archive: ZipArchive): Promise<ReadonlySet<number>> {
  const dates = new Set<number>();
  if (!archive.has(stylesPart)) return dates;
  const custom = new Map<number, string>();
  let inCells = false;
  let style = 0;
  await readPart(archive, stylesPart, {
    open: (name, attributes) => {
      if (name === 'numFmt') custom.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      const format = Number(attributes['numFmtId'] ?? 0);
      const written = custom.get(format);
      if (written === undefined ? builtInDates.some(([first, last]) => format >= first && format <= last) : /[yd]/i.test(withoutLiterals(written))) dates.add(style);
      style += 1;
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return dates;
}
