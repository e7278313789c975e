import { readFileSync } from 'node:fs';
import type { Issue } from '@credit/policy';
import { isNode, LineCounter, parseDocument } from 'yaml';

/** One rule file as read: its data, and where each piece of it stands. Days stay text, as they are written. */
export class RuleFile {
  private readonly lines = new LineCounter();
  private readonly document: ReturnType<typeof parseDocument>;

  constructor(
    text: string,
    /** The name people know it by, such as `rules/terms.yaml`. */
    readonly name: string,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines, schema: 'core', version: '1.2' });
  }

  static open(path: string, name: string): RuleFile {
    return new RuleFile(readFileSync(path, 'utf8'), name);
  }

  get data(): unknown {
    return this.document.toJS();
  }

  /** The first fault of the YAML itself; what follows it is rarely more than its echo. */
  syntaxFaults(): string[] {
    const [first] = this.document.errors;
    return first ? [`${this.name}:${first.linePos?.[0].line ?? 1} YAML 格式有误，请检查缩进、引号和冒号（${first.code}）`] : [];
  }

  /** The line a path stands on, or that of the nearest piece above it that exists. */
  lineOf(path: readonly (string | number)[]): number {
    for (let length = path.length; length > 0; length -= 1) {
      const node = this.document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return this.lines.linePos(node.range[0]).line;
    }
    return 1;
  }

  sentence(issue: Issue, prefix: readonly (string | number)[] = []): string {
    return `${this.name}:${this.lineOf([...prefix, ...issue.path])} ${issue.message}`;
  }
}
