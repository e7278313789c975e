import { scoreText } from '@credit/platform';
import type { ExplainedResult } from './explained-result';

/** 测评说明 as data: scores as text of two decimals, as in the graph. */
export interface ExplanationDocument {
  readonly resultId: string;
  readonly subjectId: string;
  readonly subjectKind: string;
  readonly villageCode: string;
  readonly ratedOn: string;
  /** The card it was scored by; null where none was in force. */
  readonly scorecard: ExplainedResult['scorecard'];
  /** rated | insufficient | not-rated-on-economics */
  readonly status: string;
  /** Why there is no grade, as codes. */
  readonly reasons: readonly string[];
  readonly total: string | null;
  readonly grade: string | null;
  readonly creditSubject: boolean;
  readonly civility: string | null;
  readonly quantitative: string | null;
  readonly lines: readonly ExplanationLine[];
  /** Null where nothing was computed: `reasons` say why. */
  readonly explanation: ExplainedResult['result']['explanation'];
}

export interface ExplanationLine {
  readonly indicator: string;
  readonly name: string;
  readonly value: string | null;
  readonly band: string | null;
  readonly points: string | null;
  readonly maximum: string;
  readonly source: string;
  readonly nearest: string | null;
}

const text = (score: number | null): string | null => (score === null ? null : scoreText(score));

/** 测评说明 for programs and for the printer: both say the same. */
export function explanationDocument({ result, ratedOn, scorecard }: ExplainedResult): ExplanationDocument {
  const { id, subjectId, subjectKind, villageCode, status, reasons, total, grade, creditSubject, civility, quantitative, lines, explanation } = result;
  return {
    resultId: id,
    subjectId,
    subjectKind,
    villageCode,
    ratedOn,
    scorecard,
    status,
    reasons,
    total: text(total),
    grade,
    creditSubject,
    civility: text(civility),
    quantitative: text(quantitative),
    lines: lines.map(({ indicator, name, value, band, points, maximum, source, nearest }) => ({ indicator, name, value, band, points: text(points), maximum: scoreText(maximum), source, nearest })),
    explanation,
  };
}
