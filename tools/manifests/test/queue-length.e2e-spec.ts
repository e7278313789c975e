import { join } from 'node:path';
import type { Message } from '@credit/contracts';
import { MessageQueue, newId, repositoryRoot, storingServices } from '@credit/platform';
import { Redis } from 'ioredis';
import { build } from '../kustomize';
import { objectOf, type Workload } from '../objects';

const given = process.env['REDIS_URL'];
const ownDatabase = '/9';
const retrySeconds = 1;

const message = (): Message => ({ id: newId(), name: 'deadline.passed', version: 1, at: '2026-01-01T00:00:00.000Z', actorId: null, causeId: null, data: { owner: 'appeals', kind: 'answer', lastDay: '2026-01-05' } });

/** The keys whose length the exporter of the county tells the autoscalers. */
function measuredKeys(): string[] {
  const { containers } = objectOf<Workload>(build(join(repositoryRoot(), 'k8s/overlays/county')), 'StatefulSet', 'redis').spec.template.spec;
  const variables = containers.flatMap(({ env = [] }) => env);
  const keys = variables.find(({ name }) => name === 'REDIS_EXPORTER_CHECK_SINGLE_KEYS')?.value ?? '';
  return keys.split(',').map((key) => key.replace('db0=', ''));
}

(given ? describe : describe.skip)('the length of a queue', () => {
  it('is the length of the list that the autoscalers measure, for every service', async () => {
    const url = `${given ?? ''}${ownDatabase}`;
    const redis = new Redis(url);
    const queue = new MessageQueue(url, 'test', () => undefined);
    try {
      await redis.flushdb();
      for (const [index, service] of storingServices.entries()) await queue.publish(service, Array.from({ length: index + 1 }, message), retrySeconds);
      const lengths = Object.fromEntries(await Promise.all(measuredKeys().map(async (key) => [key.split(':')[1], await redis.llen(key)] as const)));
      expect(lengths).toEqual(Object.fromEntries(storingServices.map((service, index) => [service, index + 1])));
    } finally {
      await queue.close();
      await redis.flushdb();
      await redis.quit();
    }
  });
});
