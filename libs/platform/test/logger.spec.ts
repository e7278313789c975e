import { Problem } from '@credit/contracts';
import { createLogger, onTrail } from '@credit/platform';

const trail = { requestId: '0193a1b2-0000-7000-8000-000000000001', tracer: null, span: { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', traceFlags: 1 } };

/** The lines that a piece of work leaves in the log. */
function lines(work: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const written: string[] = [];
  work(createLogger({ LOG_LEVEL: 'info', SERVICE: 'appeals' }, { write: (line: string) => void written.push(line) }));
  return written.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('a line of the log', () => {
  it('says to which request and trace it belongs, whoever writes it', () => {
    const [inside, outside] = lines((log) => {
      onTrail(trail, () => log.info('inside'));
      log.info('outside');
    });
    expect(inside).toMatchObject({ service: 'appeals', requestId: trail.requestId, traceId: trail.span.traceId, msg: 'inside' });
    expect(outside).not.toHaveProperty('requestId');
  });

  it('holds no personal data, however deep it was passed', () => {
    const [line] = lines((log) => log.info({ name: '张三', member: { phone: '13800000000', file: { residentId: '341525199001011234' } }, messageId: 'm' }));
    expect(line).toMatchObject({ name: '[redacted]', member: { phone: '[redacted]', file: { residentId: '[redacted]' } }, messageId: 'm' });
  });

  it('tells of an error its class, its code and its place, never its text', () => {
    const [plain, problem] = lines((log) => {
      log.warn({ err: new TypeError('张三 341525199001011234') });
      log.warn({ err: new Problem('not-found', { householdName: '李四' }) });
    });
    expect(plain?.['err']).toMatchObject({ type: 'TypeError', at: expect.arrayContaining([expect.stringMatching(/^at /)]) as unknown });
    expect(problem?.['err']).toMatchObject({ errorCode: 'not-found' });
    expect(JSON.stringify([plain, problem])).not.toMatch(/\p{Script=Han}/u);
  });
});
