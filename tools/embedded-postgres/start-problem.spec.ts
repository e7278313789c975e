import { DatabaseStartError, explain } from './start-problem';

const place = { dataDir: '/data/postgres', port: 5432 };

describe('why the database does not start', () => {
  it.each([
    ['磁盘已满', 'FATAL:  could not write to file "pg_wal/xlogtemp.29": No space left on device'],
    ['磁盘已满', "ENOSPC: no space left on device, write"],
    ['端口 5432 已被占用', 'listen EADDRINUSE: address already in use 127.0.0.1:5432'],
    ['端口 5432 已被占用', 'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use'],
    ['不能使用端口 5432', 'listen EACCES: permission denied 127.0.0.1:5432'],
    ['上次遗留的数据库进程', 'FATAL:  lock file "postmaster.pid" already exists'],
    ['上次遗留的数据库进程', 'FATAL:  pre-existing shared memory block (key 5432001, ID 0) is still in use'],
    ['无法读写文件夹 /data/postgres', "EACCES: permission denied, mkdir '/data/postgres'"],
    ['无法读写文件夹 /data/postgres', 'FATAL:  could not open file "pg_control": Permission denied'],
    ['无法读写文件夹 /data/postgres', "ENOENT: no such file or directory, mkdir '/data'"],
    ['当前用户在本机没有用户名', 'initdb: could not look up effective user ID 1234: user does not exist'],
    ['缺少运行内置数据库所需的系统库', 'error while loading shared libraries: libm.so.6: cannot open shared object file'],
    ['内存不足', 'FATAL:  could not map anonymous shared memory: Cannot allocate memory'],
  ])('says “%s” for: %s', (sentence, words) => {
    expect(explain(new Error(words), place).message).toContain(sentence);
  });

  it('quotes the last complaint of the server when it knows no better', () => {
    expect(explain(new Error('LOG: starting\nFATAL:  database files are incompatible\nLOG: bye\n'), place).message).toBe('数据库无法启动： / The database does not start: FATAL:  database files are incompatible');
  });

  it('leaves a sentence that was found already as it is', () => {
    const found = new DatabaseStartError('端口已被占用');
    expect(explain(found, place)).toBe(found);
  });
});
