import { Typeface, type Weight } from './typeface';

export interface TextStyle {
  /** In points. */
  readonly size: number;
  readonly weight: Weight;
}

/** 一行 of set text. `open` lines were broken for want of room and may be spread to the measure. */
export interface Line {
  readonly text: string;
  readonly width: number;
  readonly open: boolean;
}

/** What may not be torn apart: opening marks go with what follows, closing ones with what precedes, a word stays whole, a number with its counter. */
const unit = /[（《〈“‘【「『〔([]*(?:[A-Za-z0-9][A-Za-z0-9.:/@%+_-]*(?:(?<=\d)[年月日时分户人名项条次号元])?|.)[，。、；：？！）》〉”’】」』〕)\],;!?…—％]*/gsu;

interface Measure {
  readonly width: number;
  /** How far the first line of each paragraph is set in, in points. */
  readonly indent?: number;
}

/** 排行 — breaks text to the measure by the Chinese rules; only what is longer than a whole line is torn apart. Line feeds are kept. */
export function breakLines(text: string, style: TextStyle, { width, indent = 0 }: Measure): Line[] {
  const typeface = Typeface.of(style.weight);
  const widthOf = (part: string) => typeface.widthOf(part, style.size);
  return text.split('\n').flatMap((paragraph) => {
    const lines: Line[] = [];
    let line = '';
    const room = () => width - (lines.length === 0 ? indent : 0);
    const close = (open: boolean) => {
      const set = line.trimEnd();
      lines.push({ text: set, width: widthOf(set), open });
      line = '';
    };
    const add = (part: string) => {
      if (line !== '' && widthOf((line + part).trimEnd()) > room()) close(true);
      if (line === '' && lines.length > 0 && part.trim() === '') return;
      line += part;
    };
    for (const [part] of paragraph.matchAll(unit)) {
      if (widthOf(part) <= width) add(part);
      else for (const character of part) add(character);
    }
    close(false);
    return lines;
  });
}
