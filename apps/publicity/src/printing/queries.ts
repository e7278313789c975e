import { Problem } from '@credit/contracts';
import { isPlainDate, type PlainDate } from '@credit/policy';

const uuidShape = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const divisionShape = /^\d{12}(\d{2})?$/;

function faulty(path: string, message: string): Problem {
  return new Problem('input.invalid', {}, [{ path, message }]);
}

export function optionalId(path: string, value: string | undefined): string | undefined {
  if (value !== undefined && !uuidShape.test(value)) throw faulty(path, '编号格式有误，请核对');
  return value;
}

export function optionalDay(path: string, value: string | undefined): PlainDate | undefined {
  if (value === undefined) return undefined;
  if (!isPlainDate(value)) throw faulty(path, '日期须形如 2022-12-01');
  return value;
}

export function division(path: string, value: string | undefined): string {
  if (value === undefined || !divisionShape.test(value)) throw faulty(path, '请填写 12 位行政区划代码或 14 位村民组代码');
  return value;
}
