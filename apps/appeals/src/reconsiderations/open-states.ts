/** 未办结 — states in which an answer is still owed. */
export const openStates: readonly string[] = ['admitted', 'panel-convened'];
