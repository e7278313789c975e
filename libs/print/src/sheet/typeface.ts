import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';

/** 字重 — body and lists are regular; titles and heads are bold. */
export type Weight = 'regular' | 'bold';

const files: Readonly<Record<Weight, string>> = {
  regular: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
};

/** 字体 — one weight of the Song typeface: its bytes to embed, the characters it has, and how wide each stands. */
export class Typeface {
  private static readonly loaded = new Map<Weight, Typeface>();
  private readonly font: Font;
  private readonly widths = new Map<number, number>();

  private constructor(readonly bytes: Buffer) {
    const font = create(bytes);
    if (!('hasGlyphForCodePoint' in font)) throw new TypeError('a collection of fonts is not a typeface');
    this.font = font;
  }

  static of(weight: Weight): Typeface {
    const known = this.loaded.get(weight);
    if (known) return known;
    const typeface = new Typeface(readFileSync(require.resolve(files[weight])));
    this.loaded.set(weight, typeface);
    return typeface;
  }

  has(codePoint: number): boolean {
    return this.font.hasGlyphForCodePoint(codePoint);
  }

  /** In points at the given size, without kerning: a line may come out narrower, never wider. */
  widthOf(text: string, size: number): number {
    let units = 0;
    for (const character of text) units += this.units(character.codePointAt(0) ?? 0);
    return (units * size) / this.font.unitsPerEm;
  }

  private units(codePoint: number): number {
    const known = this.widths.get(codePoint);
    if (known !== undefined) return known;
    const width = this.font.glyphForCodePoint(codePoint).advanceWidth;
    this.widths.set(codePoint, width);
    return width;
  }
}
