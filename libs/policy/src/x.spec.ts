import { placeholder } from '@credit/policy';
it('works', () => { expect(placeholder).toBe(1); });
