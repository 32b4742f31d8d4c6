import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { ApiKeysService, type Principal, requireMay } from '#accounts';
import { type IdempotencyClaim } from '#kernel';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, Claim, IdPipe, type Page, pageById } from '../http/index.js';
import { ApiKeyDto, ApiKeysQuery, CreateApiKeyDto, NewApiKeyDto } from './api-keys.dto.js';

/** Keys for programs. */
@ApiTags('API keys')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeysService) {}

  /** A key acts for you, with your role as it is at that moment, within the limits that you give it. */
  @Post()
  @May('api-keys.manage')
  @ApiCreatedResponse({ type: NewApiKeyDto })
  createApiKey(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateApiKeyDto,
    @Claim() claim: IdempotencyClaim | undefined,
  ): Promise<NewApiKeyDto> {
    const { expiresAt, ...rest } = body;
    const end = expiresAt === undefined ? undefined : new Date(expiresAt);
    return this.apiKeys.create(principal, { ...rest, expiresAt: end }, claim);
  }

  /** Your own keys that are not revoked; with `all` those of all members, for whoever has `api-keys.oversee`. */
  @Get()
  @May('api-keys.manage')
  @ApiPage(ApiKeyDto)
  listApiKeys(
    @CurrentPrincipal() principal: Principal,
    @Query() { all, ...query }: ApiKeysQuery,
  ): Promise<Page<ApiKeyDto>> {
    if (all) requireMay(principal, 'api-keys.oversee');
    return pageById(query, (range) => this.apiKeys.list(principal, { ...range, all }));
  }

  /** Ends a key at once: one of yours, or anybody's for whoever has `api-keys.oversee`. */
  @Delete(':id')
  @May('api-keys.manage')
  @HttpCode(204)
  @ApiNoContentResponse()
  revokeApiKey(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    return this.apiKeys.revoke(principal, id);
  }
}
