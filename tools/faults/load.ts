/** 一次任职 that was acknowledged: what the caller was told must be true for ever. */
export interface Appointment {
  readonly mark: string;
  readonly postId: string;
}

const pauseMs = 50;
const patienceMs = 60_000;
/** Longer than any service may leave a caller without an answer. */
const answerMs = 30_000;

class NoAnswer extends Error {}

async function answered<T>(request: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`a call had no answer for ${answerMs / 1000} s`)), answerMs);
  });
  return Promise.race([request, late]).finally(() => clearTimeout(timer));
}

export interface AppointmentAsked {
  readonly requestId: string;
  readonly accountId: string;
  readonly role: string;
  readonly divisionCode: string;
  readonly organisation: string;
}

/**
 * 负载 — appointments through the county graph, as security administrators make them: each with an id of its own, asked again with
 * the same id until it is acknowledged, every fifth once more after that. Each changes two services' ledgers and seven projections.
 */
export class Load {
  readonly acknowledged: Appointment[] = [];
  /** The longest that a request had to be repeated, in seconds. */
  longestSeconds = 0;
  readonly faults: string[] = [];
  private going = true;
  private order = 0;
  private readonly workers: Promise<void>[] = [];

  constructor(
    private readonly ask: (input: AppointmentAsked) => Promise<string>,
    private readonly appointment: (mark: string) => AppointmentAsked,
    readonly mark: string,
  ) {}

  start(workers: number): this {
    for (let index = 0; index < workers; index += 1) this.workers.push(this.work());
    return this;
  }

  async stop(): Promise<void> {
    this.going = false;
    await Promise.all(this.workers);
  }

  private async work(): Promise<void> {
    while (this.going) {
      this.order += 1;
      const mark = `${this.mark}-${this.order}`;
      const input = this.appointment(mark);
      const postId = await this.untilAcknowledged(input);
      if (postId === undefined) continue;
      this.acknowledged.push({ mark, postId });
      if (this.acknowledged.length % 5 !== 0) continue;
      const again = await this.untilAcknowledged(input);
      if (again !== postId) this.faults.push(`${mark}: ${postId}, then ${again}`);
    }
  }

  private async untilAcknowledged(input: AppointmentAsked): Promise<string | undefined> {
    const began = performance.now();
    for (;;) {
      try {
        const postId = await answered(this.ask(input));
        this.longestSeconds = Math.max(this.longestSeconds, (performance.now() - began) / 1000);
        return postId;
      } catch (error) {
        if (error instanceof NoAnswer) this.faults.push(error.message);
        if (performance.now() - began > patienceMs) {
          this.faults.push(`not acknowledged in ${patienceMs / 1000} s: ${(error as Error).message.slice(0, 200)}`);
          return undefined;
        }
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  }
}
