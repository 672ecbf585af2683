export { ReceptionIntakeController } from './intake.controller';
export { ReceptionIntake } from './reception-intake';
export { ReceptionsSweeper } from './receptions.sweeper';
export { ReceiversController } from './receivers.controller';
export { ReceiversQueries } from './receivers.queries';
export { Receivers } from './receivers.service';
