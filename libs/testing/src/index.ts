export * from './deployment';
export * from './test-database';
export * from './test-issuer';
export * from './test-peer';
export * from './service-process';
export * from './test-service';
export * from './browser';
export { freePort } from '../../../tools/free-port';
export * from './print/read-pdf';
