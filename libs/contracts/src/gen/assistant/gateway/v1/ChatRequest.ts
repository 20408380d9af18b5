// Original file: protos/assistant/gateway/v1/gateway.proto

import type { Message as _assistant_gateway_v1_Message, Message__Output as _assistant_gateway_v1_Message__Output } from '../../../assistant/gateway/v1/Message';
import type { Tool as _assistant_gateway_v1_Tool, Tool__Output as _assistant_gateway_v1_Tool__Output } from '../../../assistant/gateway/v1/Tool';
import type { ToolChoice as _assistant_gateway_v1_ToolChoice, ToolChoice__Output as _assistant_gateway_v1_ToolChoice__Output } from '../../../assistant/gateway/v1/ToolChoice';
import type { ResponseFormat as _assistant_gateway_v1_ResponseFormat, ResponseFormat__Output as _assistant_gateway_v1_ResponseFormat__Output } from '../../../assistant/gateway/v1/ResponseFormat';
import type { Long } from '@grpc/proto-loader';

export interface ChatRequest {
  'model'?: (string);
  'messages'?: (_assistant_gateway_v1_Message)[];
  'tools'?: (_assistant_gateway_v1_Tool)[];
  'toolChoice'?: (_assistant_gateway_v1_ToolChoice | null);
  'parallelToolCalls'?: (boolean);
  'responseFormat'?: (_assistant_gateway_v1_ResponseFormat | null);
  'maxOutputTokens'?: (number);
  'temperature'?: (number | string);
  'topP'?: (number | string);
  'frequencyPenalty'?: (number | string);
  'presencePenalty'?: (number | string);
  'stop'?: (string)[];
  'seed'?: (number | string | Long);
  'choices'?: (number);
  'reasoningEffort'?: (string);
  'user'?: (string);
  'requestId'?: (string);
  '_parallelToolCalls'?: "parallelToolCalls";
  '_maxOutputTokens'?: "maxOutputTokens";
  '_temperature'?: "temperature";
  '_topP'?: "topP";
  '_frequencyPenalty'?: "frequencyPenalty";
  '_presencePenalty'?: "presencePenalty";
  '_seed'?: "seed";
  '_choices'?: "choices";
}

export interface ChatRequest__Output {
  'model': (string);
  'messages': (_assistant_gateway_v1_Message__Output)[];
  'tools': (_assistant_gateway_v1_Tool__Output)[];
  'toolChoice': (_assistant_gateway_v1_ToolChoice__Output | null);
  'parallelToolCalls'?: (boolean);
  'responseFormat': (_assistant_gateway_v1_ResponseFormat__Output | null);
  'maxOutputTokens'?: (number);
  'temperature'?: (number);
  'topP'?: (number);
  'frequencyPenalty'?: (number);
  'presencePenalty'?: (number);
  'stop': (string)[];
  'seed'?: (number);
  'choices'?: (number);
  'reasoningEffort': (string);
  'user': (string);
  'requestId': (string);
  '_parallelToolCalls'?: "parallelToolCalls";
  '_maxOutputTokens'?: "maxOutputTokens";
  '_temperature'?: "temperature";
  '_topP'?: "topP";
  '_frequencyPenalty'?: "frequencyPenalty";
  '_presencePenalty'?: "presencePenalty";
  '_seed'?: "seed";
  '_choices'?: "choices";
}
