import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { filesOf, perVillage, scoresOf, villagesFor } from './rating-town';

/** The neighbours of the rating service, in a process of their own: they stream what they have by heart, so that none of their own work is measured. */
const villages = villagesFor(Number(process.argv[2]));
const lines = (rows: readonly object[]): string => [...rows.map((row) => JSON.stringify(row)), '.', ''].join('\n');
const known = new Map(
  villages.map((village) => {
    const files = filesOf(village, perVillage);
    return [village, { 'rating-files': lines(files), 'final-scores': lines(scoresOf(files)) }];
  }),
);
const divisions = lines(villages.map((code) => ({ code, name: code, level: 'village', parentCode: null })));

const server = createServer((request, response) => {
  const name = request.url?.replace('/internal/', '');
  void text(request).then((asked) => {
    if (name === 'divisions') return response.end(divisions);
    const { villageCode } = JSON.parse(asked) as { villageCode?: string };
    return response.end(name === 'rating-files' || name === 'final-scores' ? known.get(villageCode ?? '')?.[name] : '.\n');
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit());
