import { Problem, type Sheet } from '@credit/contracts';
import { readBook, readDateStyles, readStrings } from './sheet-parts';
import { type CellContext, readRows } from './sheet-rows';
import { ZipArchive } from './zip-archive';

/** 一行 of a sheet: fields as text; empty cells are absent. `number` is the row in the workbook. */
export interface SheetRow {
  readonly number: number;
  readonly cells: Readonly<Record<string, string | undefined>>;
}

export interface CellFault {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly message: string;
}

export interface ReadWorkbook {
  readonly rows: ReadonlyMap<Sheet['kind'], readonly SheetRow[]>;
  readonly faults: readonly CellFault[];
}

const mostRows = 100_000;
const mostFaults = 20_000;

/** The rows of one sheet by the heads of its first row, wherever the columns stand. */
class SheetReading {
  readonly rows: SheetRow[] = [];
  private places: readonly (readonly [field: string, place: number])[] | null = null;

  constructor(
    private readonly sheet: Sheet,
    private readonly faults: CellFault[],
  ) {}

  take(number: number, cells: ReadonlyMap<number, string>): void {
    if (this.places === null) this.places = this.heads(number === 1 ? cells : new Map());
    if (number === 1 || this.places.length === 0 || this.faults.length > mostFaults) return;
    const fields: Record<string, string> = {};
    let any = false;
    for (const [field, place] of this.places) {
      const text = cells.get(place);
      if (text === undefined) continue;
      fields[field] = text;
      any = true;
    }
    if (!any) return;
    for (const { required, field, header } of this.sheet.columns) {
      if (required && fields[field] === undefined) this.faults.push({ sheet: this.sheet.name, row: number, column: header, message: '不能为空，请填写' });
    }
    this.rows.push({ number, cells: fields });
    if (this.rows.length > mostRows) throw new Problem('import.too-large', { rows: this.rows.length, limit: mostRows });
  }

  /** A sheet without a single row lacks its heads. */
  end(): readonly SheetRow[] {
    if (this.places === null) this.heads(new Map());
    return this.rows;
  }

  private heads(cells: ReadonlyMap<number, string>): readonly (readonly [string, number])[] {
    const places = new Map([...cells].map(([place, text]) => [text, place]));
    const missing = this.sheet.columns.filter(({ header }) => !places.has(header));
    for (const { header } of missing) this.faults.push({ sheet: this.sheet.name, row: 1, column: header, message: '缺少这一列，请使用原样的采集表' });
    return missing.length > 0 ? [] : this.sheet.columns.map(({ field, header }) => [field, places.get(header) ?? 0]);
  }
}

/** Reads a village collection workbook as a stream; macros, links and formulas in it do nothing. Whatever cannot be read is `import.not-a-workbook`. */
export async function readWorkbook(bytes: Buffer, sheets: readonly Sheet[]): Promise<ReadWorkbook> {
  const archive = ZipArchive.open(bytes);
  try {
    return await readSheets(archive, sheets);
  } catch (error) {
    throw error instanceof Problem ? error : new Problem('import.not-a-workbook');
  }
}

async function readSheets(archive: ZipArchive, sheets: readonly Sheet[]): Promise<ReadWorkbook> {
  const { partOf, from1904 } = await readBook(archive);
  const context: CellContext = { strings: await readStrings(archive), dateStyles: await readDateStyles(archive), from1904 };
  const faults: CellFault[] = [];
  const rows = new Map<Sheet['kind'], readonly SheetRow[]>();
  for (const sheet of sheets) {
    const part = partOf.get(sheet.name);
    if (part === undefined || !archive.has(part)) {
      faults.push({ sheet: sheet.name, row: 1, column: '', message: '缺少这张工作表，请使用原样的采集表' });
      continue;
    }
    const reading = new SheetReading(sheet, faults);
    await readRows(archive, part, context, (number, cells) => reading.take(number, cells));
    rows.set(sheet.kind, reading.end());
  }
  return { rows, faults };
}
