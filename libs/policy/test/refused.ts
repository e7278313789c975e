import { PolicyError } from '@credit/policy';

/** The code and the facts with which something is refused; whatever else it came to, as it is. */
export function refused(act: () => unknown): unknown {
  try {
    return { notRefused: act() };
  } catch (error) {
    return error instanceof PolicyError ? { code: error.code, facts: error.facts } : error;
  }
}
