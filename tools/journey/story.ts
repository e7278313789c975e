/** 讲述 — what the demo prints as it lives the programme, and what a test collects. */
export class Story {
  private readonly began = performance.now();

  constructor(private readonly print: (line: string) => void) {}

  chapter(title: string, today?: string): void {
    const seconds = ((performance.now() - this.began) / 1000).toFixed(0).padStart(4);
    this.print(`\n[${seconds}s]${today ? ` ${today}` : ''} ■ ${title}`);
  }

  tell(line: string): void {
    this.print(`        ${line}`);
  }

  table(rows: readonly (readonly string[])[]): void {
    const width = (text: string): number => Array.from(text).reduce((sum, one) => sum + (one > '\u2e80' ? 2 : 1), 0);
    const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
    for (const row of rows) this.print(`        ${row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell))).join('  ')}`);
  }
}

/** What the story claims must be so; a demo that finds otherwise stops and says where. */
export function must(holds: boolean, claim: string): asserts holds {
  if (!holds) throw new Error(`the story broke: ${claim}`);
}
