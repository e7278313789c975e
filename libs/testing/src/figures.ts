/** What a service tells Prometheus now: each series with its labels, as it stands in the text. */
export async function seriesOf(url: string): Promise<Map<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
}

/** 一项法定事项 as it is told now: how much of it is open, due today, overdue. */
export async function dutyNow(url: string, duty: string): Promise<{ open: number; dueToday: number; overdue: number }> {
  const series = [...(await seriesOf(url))];
  const sum = (name: string): number => series.filter(([key]) => key.startsWith(`${name}{duty="${duty}"`)).reduce((total, [, value]) => total + value, 0);
  return { open: sum('duty_open'), dueToday: sum('duty_due_today'), overdue: sum('duty_overdue') };
}
