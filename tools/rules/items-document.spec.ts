import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessTable, loadRules, repositoryRoot } from '@credit/platform';
import { itemsDocument } from './items-document';

const root = repositoryRoot();
const rules = loadRules(join(root, 'rules'));

describe('docs/items.md', () => {
  const text = itemsDocument(rules, AccessTable.load(join(root, 'rules/access')));

  it('is what the rules say now; `npm run rules -- facts` makes it anew', () => {
    expect(readFileSync(join(root, 'docs/items.md'), 'utf8')).toBe(text);
  });

  it('has one row for every item of the three kinds, with its Chinese name, level and consent, and says who may see them', () => {
    const rows = text.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows).toHaveLength((['household', 'entity', 'collective'] as const).reduce((sum, kind) => sum + Object.keys(rules.items[kind]).length, 0));
    expect(rows[0]).toBe('| `hadLoan24m` | 近24个月有无贷款 | — | 是否 | — | 银行机构反馈 | 敏感 | 信贷信息 | H01 |');
    const seers = text.split('\n').filter((line) => line.startsWith('可查看：'));
    expect(seers).toHaveLength(3);
    expect(seers[0]).toContain('网格信息采集员、村文书、本户');
    expect(seers[1]).not.toContain('本户');
  });
});
