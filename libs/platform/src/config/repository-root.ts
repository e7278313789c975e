import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder that holds `rules/` and the migrations, whether the code runs from the sources or from `dist/`. */
export function repositoryRoot(from: string = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'nest-cli.json'))) return folder;
    if (folder === dirname(folder)) throw new Error('nest-cli.json was not found above the running code');
  }
}
