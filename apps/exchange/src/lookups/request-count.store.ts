import type { Tx } from '@credit/platform';

/** All SQL of the request counters; minutes are of machine time, not of the programme's clock. */
export class RequestCountStore {
  constructor(private readonly tx: Tx) {}

  async add(clientId: string, number: number): Promise<number> {
    const [count] = await this.tx.manager.query<[{ number: number }]>(
      `INSERT INTO request_count (client_id, minute, number) VALUES ($1, date_trunc('minute', clock_timestamp()), $2)
       ON CONFLICT (client_id, minute) DO UPDATE SET number = request_count.number + EXCLUDED.number RETURNING number`,
      [clientId, number],
    );
    return count.number;
  }

  async sweep(): Promise<void> {
    await this.tx.manager.query(`DELETE FROM request_count WHERE minute < clock_timestamp() - interval '1 hour'`);
  }
}
