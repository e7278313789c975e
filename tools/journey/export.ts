import ExcelJS from 'exceljs';
import type { Person } from './graph-client';
import { must, type Story } from './story';

/** 导出清单 — what a screen shows, as a workbook; noted in the audit trail. 三(五) */
export async function exportLists(gatewayUrl: string, townOfficer: Person, townCode: string, story: Story): Promise<void> {
  const answer = await fetch(`${gatewayUrl}/exports/households?under=${townCode}`, { headers: { authorization: `Bearer ${await townOfficer.token()}` } });
  must(answer.ok, `the households are exported: ${answer.status}`);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await answer.arrayBuffer()) as ExcelJS.Buffer);
  const rows = (workbook.worksheets[0]?.rowCount ?? 2) - 2;
  must(rows > 0, 'the workbook has rows');
  story.tell(`镇联席办导出农户名册 ${rows} 行（电子表格，导出留痕）`);
}
