/** Keys of what is not a class in Nest's container. */
export const CONFIG = Symbol('config');
export const LOGGER = Symbol('logger');
export const RULES = Symbol('rules');
