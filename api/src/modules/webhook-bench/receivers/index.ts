export { TestReceiversIntakeController } from './intake.controller';
export { ReceptionIntake } from './reception-intake';
export { ReceptionsSweeper } from './receptions.sweeper';
export { TestReceiversController } from './receivers.controller';
export { ReceiversQueries } from './receivers.queries';
export { Receivers } from './receivers.service';
