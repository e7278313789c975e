import type { PlainDate } from '@credit/policy';
import PDFDocument from 'pdfkit';
import { type MissingCharacter, nameCodePoint, printable, substitute } from './characters';
import { breakLines, type Line, type TextStyle } from './line-breaks';
import { Typeface, type Weight } from './typeface';

/** 印成的文书 */
export interface PrintedDocument {
  /** A4; the same input gives the same bytes. */
  readonly pdf: Buffer;
  /** 缺字 — empty when every character was printed. The document itself names them too. */
  readonly missing: readonly MissingCharacter[];
}

/** What every document is known by. */
export interface DocumentMark {
  readonly title: string;
  /** 文号 — at the foot of every page; null where there is none. */
  readonly number: string | null;
  /** The day on which the document is made: it is written into the file in place of the clock, so that a copy printed later is the same. */
  readonly madeOn: PlainDate;
  /** 校验码 — by which a page is compared with the record; at the foot of every page. */
  readonly check?: string | undefined;
}

export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

interface PaperKind {
  readonly margins: Margins;
  readonly landscape?: boolean;
  /** Paper that is cut up has no foot and no note; its parts name what is missing on them. */
  readonly cut?: boolean;
}

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly pitch: number;
  readonly style: TextStyle;
  /** Spread to this width. */
  readonly spreadTo?: number | undefined;
  readonly grey?: boolean;
}

/** A rectangle, in points from the top left corner. */
export interface Block {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const millimetres = (length: number) => (length * 72) / 25.4;
const footStyle: TextStyle = { size: 9, weight: 'regular' };
const noteStyle: TextStyle = { size: 8, weight: 'regular' };
const notePitch = 13;
const weights: readonly Weight[] = ['regular', 'bold'];

/** 纸 — A4 pages and a place on them; measures in points from the top left corner. */
export class Paper {
  readonly width: number;
  /** Where the next line goes. */
  y: number;
  private readonly pdf: PDFKit.PDFDocument;
  private readonly missing = new Set<string>();
  private readonly bytes: Promise<Buffer>;

  constructor(
    private readonly mark: DocumentMark,
    private readonly kind: PaperKind,
  ) {
    this.pdf = new PDFDocument({
      size: 'A4',
      layout: kind.landscape ? 'landscape' : 'portrait',
      margin: 0,
      bufferPages: true,
      pdfVersion: '1.7',
      lang: 'zh-CN',
      displayTitle: true,
      info: { Title: mark.title, CreationDate: new Date(`${mark.madeOn}T00:00:00+08:00`) },
    });
    for (const weight of weights) this.pdf.registerFont(weight, Typeface.of(weight).bytes);
    this.bytes = collect(this.pdf);
    this.width = this.pdf.page.width - kind.margins.left - kind.margins.right;
    this.y = kind.margins.top;
  }

  get left(): number {
    return this.kind.margins.left;
  }

  /** The lowest place on which anything may stand. */
  get bottom(): number {
    return this.pdf.page.height - this.kind.margins.bottom;
  }

  /** Height of an empty page between its margins. */
  get height(): number {
    return this.bottom - this.kind.margins.top;
  }

  newPage(): void {
    this.pdf.addPage();
    this.y = this.kind.margins.top;
  }

  /** Makes sure that `height` fits under the present place; answers whether a new page was begun. */
  room(height: number): boolean {
    if (this.y + height <= this.bottom + 0.01 || this.y === this.kind.margins.top) return false;
    this.newPage();
    return true;
  }

  /** Lines as they will stand; characters that the typeface lacks are noted here. */
  lines(text: string, style: TextStyle, width: number, indent = 0): Line[] {
    return breakLines(
      printable(text, (character) => this.missing.add(character)),
      style,
      { width, indent },
    );
  }

  put({ text, width }: Line, { x, y, pitch, style, spreadTo, grey }: Placed): void {
    if (text === '') return;
    const gaps = Array.from(text).length - 1;
    const spread = spreadTo === undefined || gaps === 0 ? 0 : (spreadTo - width) / gaps;
    const baseline = y + (pitch - style.size) / 2 + style.size * 0.88;
    this.pdf
      .font(style.weight)
      .fontSize(style.size)
      .fillColor(grey ? '#999999' : '#000000')
      .text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic', characterSpacing: Math.max(0, spread) });
  }

  rule(from: readonly [number, number], to: readonly [number, number], { dashed = false } = {}): void {
    this.pdf.lineWidth(0.5).strokeColor(dashed ? '#888888' : '#000000');
    if (dashed) this.pdf.dash(4, { space: 3 });
    else this.pdf.undash();
    this.pdf.moveTo(...from).lineTo(...to).stroke();
  }

  /** A light dashed ring to stamp in. */
  ring(x: number, y: number, radius: number): void {
    this.pdf.lineWidth(0.5).strokeColor('#bbbbbb').dash(3, { space: 3 }).circle(x, y, radius).stroke().undash();
  }

  /** Black areas as one shape: neighbours show no seam. */
  fill(blocks: readonly Block[]): void {
    for (const { x, y, width, height } of blocks) this.pdf.rect(x, y, width, height);
    this.pdf.fill('#000000');
  }

  /** Writes the note on missing characters and the foot of every page; nothing can be put on it afterwards. */
  async finish(): Promise<PrintedDocument> {
    if (!this.kind.cut) {
      const foot = this.footLines();
      this.noteMissing();
      this.putFeet(foot);
    }
    this.pdf.end();
    const missing = [...this.missing].map((character) => ({ character, codePoint: nameCodePoint(character) }));
    return { pdf: await this.bytes, missing };
  }

  private footLines(): readonly (readonly Line[])[] {
    return [this.mark.number ?? '', this.mark.check === undefined ? '' : `校验码 ${this.mark.check}`].map((text) => this.lines(text, footStyle, this.width / 3));
  }

  private putFeet([number = [], check = []]: readonly (readonly Line[])[]): void {
    const { count } = this.pdf.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.pdf.switchToPage(page);
      const pageOf = this.lines(`第 ${page + 1} 页 共 ${count} 页`, footStyle, this.width);
      for (const [lines, share] of [[number, 0], [pageOf, 0.5], [check, 1]] as const) {
        lines.forEach((line, index) =>
          this.put(line, { x: this.left + (this.width - line.width) * share, y: this.bottom + millimetres(6) + index * 12, pitch: 12, style: footStyle }),
        );
      }
    }
  }

  /** One line fits between text and foot: it begins no page. */
  private noteMissing(): void {
    if (this.missing.size === 0) return;
    const codePoints = [...this.missing].map(nameCodePoint).join('、');
    const lines = this.lines(`缺字：“${substitute}”处请手写补正，依次为${codePoints}`, noteStyle, this.width);
    this.y = lines.length === 1 ? Math.min(this.y + 4, this.bottom + 2) : this.y + 4;
    for (const line of lines) {
      if (lines.length > 1) this.room(notePitch);
      this.put(line, { x: this.left, y: this.y, pitch: notePitch, style: noteStyle });
      this.y += notePitch;
    }
  }
}

function collect(pdf: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
}
