import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '#accounts';
import { type IdempotencyClaim } from '#kernel';
import { ApprovalsService } from '#planning';
import { actorOf, May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { Claim, IdPipe } from '../http/index.js';
import { ApprovalDto, ApprovalWorkflowDto, DecideDto, SetApprovalWorkflowDto } from './approvals.dto.js';

/** Who has to agree before something goes out, and who did. */
@ApiTags('Approvals')
@Controller('v1')
export class ApprovalsController {
  constructor(private readonly approvals: ApprovalsService) {}

  @Get('workspaces/:id/approval-workflow')
  @May('workspace.read', 'workspace')
  @ApiOkResponse({ type: ApprovalWorkflowDto })
  getApprovalWorkflow(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) workspaceId: string,
  ): Promise<ApprovalWorkflowDto> {
    return this.approvals.workflow(principal.organizationId, workspaceId);
  }

  /** Sets how a workspace approves. What is scheduled there follows at once: it is held, or let go. */
  @Put('workspaces/:id/approval-workflow')
  @May('workspace.change', 'workspace')
  @ApiOkResponse({ type: ApprovalWorkflowDto })
  setApprovalWorkflow(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) workspaceId: string,
    @Body() body: SetApprovalWorkflowDto,
  ): Promise<ApprovalWorkflowDto> {
    return this.approvals.setWorkflow(principal.organizationId, workspaceId, actorOf(principal), body);
  }

  @Get('posts/:id/approval')
  @May('workspace.read', 'post')
  @ApiOkResponse({ type: ApprovalDto })
  getApproval(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<ApprovalDto> {
    return this.approvals.get(principal.organizationId, id);
  }

  /** Asks for approval of the post as it is now. Asked again, everybody decides anew. */
  @Post('posts/:id/approval/requests')
  @May('posts.write', 'post')
  @ApiCreatedResponse({ type: ApprovalDto })
  requestApproval(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Claim() claim: IdempotencyClaim | undefined,
  ): Promise<ApprovalDto> {
    return this.approvals.request(principal.organizationId, id, actorOf(principal), claim);
  }

  /**
   * Decides about exactly the content that the hash names; 409 with the present hash where the post says something else by
   * now. After the last decision that was missing, it goes out at its time.
   */
  @Post('posts/:id/approval/decisions')
  @HttpCode(200)
  @May('posts.approve', 'post')
  @ApiOkResponse({ type: ApprovalDto })
  decideApproval(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Body() { decision, contentHash, comment }: DecideDto,
  ): Promise<ApprovalDto> {
    const { organizationId, userId } = principal;
    const approver = { organizationId, key: `member:${userId}`, actor: actorOf(principal) } as const;
    return this.approvals.decide(approver, id, { verdict: decision, contentHash, comment });
  }
}
