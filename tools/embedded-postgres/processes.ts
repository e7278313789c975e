import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessFacts {
  readonly command: string;
  readonly parentPid: number;
}

function fromProc(pid: number): ProcessFacts | undefined {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
    return { command, parentPid: Number(afterName.split(' ')[1]) };
  } catch {
    return undefined;
  }
}

function fromTool(tool: string, args: readonly string[]): ProcessFacts | undefined {
  const line = /^\s*(\d+)\s+(.*)/s.exec(spawnSync(tool, args, { encoding: 'utf8' }).stdout ?? '');
  return line ? { parentPid: Number(line[1]), command: line[2] ?? '' } : undefined;
}

/** The process of this id as the system sees it now. A process that ended but was never collected counts as gone. */
export function findProcess(pid: number): ProcessFacts | undefined {
  const facts =
    process.platform === 'linux'
      ? fromProc(pid)
      : process.platform === 'win32'
        ? fromTool('powershell', ['-NoProfile', '-Command', `Get-CimInstance Win32_Process -Filter "ProcessId=${pid}" | ForEach-Object { "$($_.ParentProcessId) $($_.CommandLine)" }`])
        : fromTool('ps', ['-o', 'ppid=,command=', '-p', String(pid)]);
  return facts?.command.trim() ? facts : undefined;
}
