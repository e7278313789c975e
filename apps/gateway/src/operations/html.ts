/** A piece of a page: what was written here, with everything put into it escaped. */
export class Html {
  private constructor(readonly text: string) {}

  static of(strings: TemplateStringsArray, pieces: readonly Piece[]): Html {
    return new Html(strings.reduce((page, text, index) => page + text + Html.escaped(pieces[index] ?? ''), ''));
  }

  private static escaped(piece: Piece): string {
    if (piece instanceof Html) return piece.text;
    if (typeof piece === 'object') return piece.map((one) => one.text).join('');
    return String(piece).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  }
}

type Piece = Html | readonly Html[] | string | number;

/** 网页片段 — only pieces made by this tag go in as they are. */
export const html = (strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html => Html.of(strings, pieces);
