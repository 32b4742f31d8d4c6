import { ApiProperty } from '@nestjs/swagger';
import { ApproverDto } from './approvals.dto.js';

/** The step of an approval that is open. */
export class WaitingStepDto {
  @ApiProperty({ type: 'integer', minimum: 0 })
  index: number;
  @ApiProperty()
  name: string;
}

/** An approval that is not there yet, in short. */
export class WaitingDto {
  @ApiProperty({ enum: ['pending', 'changes-requested'] })
  state: 'pending' | 'changes-requested';
  @ApiProperty({ type: WaitingStepDto, nullable: true, description: 'The step that is open.' })
  step: WaitingStepDto | null;
  @ApiProperty({ type: [ApproverDto], description: 'Who is asked in it and has not answered.' })
  waitingFor: ApproverDto[];
}
