// as: apps/console/src/planted.ts
// finds: @nx/enforce-module-boundaries service:console
import express from 'express';

export const planted = express;
