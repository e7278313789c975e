import { ConsentToHonour } from './consent-to-honour';
import { EnterConstraint } from './enter-constraint';
import { RecordSupportWish } from './record-support-wish';
import { RegisterResolver } from './register.resolver';
import { Registers } from './registers';
import { RemoveConstraint } from './remove-constraint';

/** 名册 as the module provides them. */
export const registerProviders = [Registers, ConsentToHonour, EnterConstraint, RemoveConstraint, RecordSupportWish, RegisterResolver];
