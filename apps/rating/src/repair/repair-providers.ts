import { ApplyForRepair } from './apply-for-repair';
import { CheckRepair } from './check-repair';
import { DecideRepair } from './decide-repair';
import { RepairDesk } from './repair-desk';
import { RepairResolver } from './repair.resolver';
import { RepairedFiles } from './repaired-files';
import { RequestRepairReview } from './request-repair-review';

/** 信用修复 as the module provides it. */
export const repairProviders = [RepairedFiles, RepairDesk, ApplyForRepair, CheckRepair, DecideRepair, RequestRepairReview, RepairResolver];
