import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { ApiKeysService, type Principal } from '#accounts';
import { type IdempotencyClaim } from '#kernel';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, Claim, IdPipe, type Page, pageById, PageQuery } from '../http/index.js';
import { ApiKeyDto, CreateApiKeyDto, NewApiKeyDto } from './api-keys.dto.js';

/** The signed-in user's keys for programs. */
@ApiTags('API keys')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeysService) {}

  @Post()
  @May('api-keys.manage')
  @ApiCreatedResponse({ type: NewApiKeyDto })
  createApiKey(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateApiKeyDto,
    @Claim() claim: IdempotencyClaim | undefined,
  ): Promise<NewApiKeyDto> {
    return this.apiKeys.create(principal, body.name, claim);
  }

  @Get()
  @May('api-keys.manage')
  @ApiPage(ApiKeyDto)
  listApiKeys(@CurrentPrincipal() principal: Principal, @Query() query: PageQuery): Promise<Page<ApiKeyDto>> {
    return pageById(query, (range) => this.apiKeys.list(principal, range));
  }

  @Delete(':id')
  @May('api-keys.manage')
  @HttpCode(204)
  @ApiNoContentResponse()
  revokeApiKey(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    return this.apiKeys.revoke(principal, id);
  }
}
