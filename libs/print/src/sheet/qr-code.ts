import { create } from 'qrcode';
import type { Block, Paper } from './paper';

/** 二维码 — dark squares on the paper itself, so that it stays sharp however it is printed; `x`, `y` and `side` in points. Leave four modules of white around it. */
export function putQrCode(paper: Paper, text: string, { x, y, side }: { readonly x: number; readonly y: number; readonly side: number }): void {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const module = side / modules.size;
  const blocks: Block[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    let from = -1;
    for (let column = 0; column <= modules.size; column += 1) {
      const dark = column < modules.size && modules.get(row, column) === 1;
      if (dark && from < 0) from = column;
      if (!dark && from >= 0) {
        blocks.push({ x: x + from * module, y: y + row * module, width: (column - from) * module, height: module });
        from = -1;
      }
    }
  }
  paper.fill(blocks);
}
