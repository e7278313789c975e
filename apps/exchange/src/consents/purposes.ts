/** 授权用途 — what banks, insurers and guarantors may ask for; each consent names one. 三(七)1 */
export const purposes = ['loan', 'post-loan', 'insurance', 'guarantee'] as const;

export type Purpose = (typeof purposes)[number];
