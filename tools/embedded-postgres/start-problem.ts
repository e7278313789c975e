/** 数据库启动失败 — the one sentence a person needs, Chinese first, then English; nothing is left running. */
export class DatabaseStartError extends Error {}

export interface StartPlace {
  readonly dataDir: string;
  readonly port?: number | undefined;
}

const reasons: readonly (readonly [symptom: RegExp, sentence: (place: StartPlace) => string])[] = [
  [/No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/, ({ dataDir }) => `磁盘已满，数据库无法启动：请为 ${dataDir} 腾出空间后重试。 / The disk is full: free some space for ${dataDir} and start again.`],
  [/Address already in use|EADDRINUSE/, ({ port }) => `端口 ${port} 已被占用：请换一个端口，或先停止占用它的程序。 / Port ${port} is in use: choose another one or stop the program that holds it.`],
  [/listen EACCES|could not bind/, ({ port }) => `不能使用端口 ${port}：请换一个大于 1023 的端口。 / Port ${port} cannot be used: choose another one above 1023.`],
  [
    /lock file "postmaster\.pid" already exists|pre-existing shared memory block|kill EPERM/,
    ({ dataDir }) => `上次遗留的数据库进程仍占用 ${dataDir}，且无法停止：请先结束它。 / A database process left from before still holds ${dataDir} and cannot be stopped: end it first.`,
  ],
  [/Permission denied|EACCES|EPERM|EROFS|Read-only file system|ENOENT.* mkdir/, ({ dataDir }) => `无法读写文件夹 ${dataDir}：请检查它的权限。 / The folder ${dataDir} cannot be read and written: check its permissions.`],
  [/ENOTDIR|EEXIST|Not a directory/, ({ dataDir }) => `${dataDir} 不是文件夹，数据库不能放在这里。 / ${dataDir} is not a folder, so the database cannot be kept there.`],
  [/error while loading shared libraries|GLIBC_|ENOEXEC|Exec format error/, () => '本机缺少运行内置数据库所需的系统库：请改用自备的 PostgreSQL 18。 / This system lacks the libraries of the embedded database: use a PostgreSQL 18 of your own.'],
  [/could not look up effective user ID/, () => '当前用户在本机没有用户名（/etc/passwd），内置数据库无法运行：请换一个用户。 / The current user has no name on this system (/etc/passwd), so the embedded database cannot run: use another user.'],
  [/could not create shared memory segment|Cannot allocate memory|ENOMEM/, () => '内存不足，数据库无法启动。 / There is not enough memory for the database.'],
];

function lastComplaint(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? '';
}

/** Turns whatever stopped the start (an error of the system, the words of the server) into a sentence; unknown words are quoted. */
export function explain(cause: unknown, place: StartPlace): DatabaseStartError {
  if (cause instanceof DatabaseStartError) return cause;
  const words = String(cause).replace(/^Error: /, '');
  const sentence = reasons.find(([symptom]) => symptom.test(words))?.[1](place);
  return new DatabaseStartError(sentence ?? `数据库无法启动： / The database does not start: ${lastComplaint(words)}`, { cause });
}
