// Nest is ESM only. Loaded here first, it can be required afterwards by the CommonJS packages built upon it;
// loaded by them first, Node ends in "Cannot require() ES Module @nestjs/common in a cycle".
import 'reflect-metadata';
import '@nestjs/common';
import '@nestjs/core';
