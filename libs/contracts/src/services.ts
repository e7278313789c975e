/** 服务 — the names every deployment knows; each owns one schema, one database role and one queue. */
export const services = ['identity', 'archives', 'civility', 'publicity', 'appeals', 'rating', 'exchange', 'gateway'] as const;

export type Service = (typeof services)[number];
