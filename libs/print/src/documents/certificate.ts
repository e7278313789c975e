import { putEnding, putMiddle, putParagraph, putTitle, type Signature, signatureHeight } from '../sheet/letter';
import { type DocumentMark, type Margins, millimetres, Paper, type PrintedDocument } from '../sheet/paper';
import { putQrCode } from '../sheet/qr-code';
import type { TextStyle } from '../sheet/line-breaks';

/** 信用等级证书 */
export interface CertificateInput extends DocumentMark {
  /** 持证主体, as it may be shown, with its number. */
  readonly holder: string;
  /** How it was rated, in a sentence. */
  readonly statement: string;
  readonly grade: string;
  /** 有效期, in a sentence. */
  readonly validity: string;
  /** Address of the page on which whoever is shown the certificate checks it. */
  readonly checkUrl: string;
  /** 核验码 — typed in where the picture cannot be read. */
  readonly checkCode: string;
  readonly signature: Signature;
}

const margins: Margins = { top: millimetres(24), right: millimetres(30), bottom: millimetres(24), left: millimetres(30) };
const size = 17;
const gradeStyle: TextStyle = { size: 40, weight: 'bold' };
const noteStyle: TextStyle = { size: 9, weight: 'regular' };
const codeSide = millimetres(30);
const whiteAround = millimetres(4);

/** 信用等级证书 — one sheet on its side, to be sealed; the code leads to the page that tells whether it is genuine and still valid. 三(六)4 */
export async function certificatePdf(input: CertificateInput): Promise<PrintedDocument> {
  const paper = new Paper(input, { margins, landscape: true });
  putFrame(paper);
  putTitle(paper, input, 34);
  putParagraph(paper, `${input.holder}：`, { indent: 0, size });
  putParagraph(paper, input.statement, { size });
  putMiddle(paper, input.grade, gradeStyle);
  putParagraph(paper, input.validity, { size });
  const below = signatureHeight(paper, input.signature);
  paper.room(below);
  paper.y = Math.max(paper.y, paper.bottom - below);
  const top = paper.y;
  putEnding(paper, [], input.signature);
  putCheck(paper, input, top);
  return paper.finish();
}

function putFrame(paper: Paper): void {
  for (const distance of [millimetres(12), millimetres(13.5)]) {
    const [left, right] = [distance, paper.left + paper.width + margins.right - distance];
    const [top, bottom] = [distance, paper.bottom + margins.bottom - distance];
    paper.rule([left, top], [right, top]);
    paper.rule([right, top], [right, bottom]);
    paper.rule([right, bottom], [left, bottom]);
    paper.rule([left, bottom], [left, top]);
  }
}

function putCheck(paper: Paper, { checkUrl, checkCode }: CertificateInput, top: number): void {
  putQrCode(paper, checkUrl, { x: paper.left, y: top + whiteAround, side: codeSide });
  const [line] = paper.lines(`扫码核验，核验码 ${checkCode}`, noteStyle, paper.width / 2);
  if (line) paper.put(line, { x: paper.left, y: top + whiteAround + codeSide + 4, pitch: 14, style: noteStyle });
}
