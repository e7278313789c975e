export interface StartOptions {
  readonly empty: boolean;
  readonly households: number;
  readonly port: number;
}

export class UsageError extends Error {}

const usage = `用法 / usage: npm start -- [--empty] [--households N] [--port P]
  --empty          不装演示数据 / no demo town
  --households N   演示农户数，40 至 20000，默认 1200 / households of the demo town
  --port P         网关端口，默认 8080，其余服务用其后的端口 / the gateway's port; the other services take those after it`;

function whole(name: string, text: string | undefined, least: number, most: number): number {
  const value = Number(text);
  if (text === undefined || !Number.isInteger(value) || value < least || value > most) throw new UsageError(`${name} 须为 ${least} 至 ${most} 的整数 / must be a whole number from ${least} to ${most}\n${usage}`);
  return value;
}

/** Reads the command line of `npm start`. */
export function readOptions(args: readonly string[]): StartOptions {
  let options: StartOptions = { empty: false, households: 1_200, port: 8_080 };
  for (let index = 0; index < args.length; index += 1) {
    const [name, inline] = (args[index] ?? '').split('=');
    const value = (): string | undefined => inline ?? args[(index += 1)];
    if (name === '--empty') options = { ...options, empty: true };
    else if (name === '--households') options = { ...options, households: whole(name, value(), 40, 20_000) };
    else if (name === '--port') options = { ...options, port: whole(name, value(), 1_024, 65_527) };
    else throw new UsageError(`${name} 不是可用的选项 / is not an option\n${usage}`);
  }
  return options;
}
