// Original file: protos/assistant/gateway/v1/gateway.proto


export interface ListModelsRequest {
}

export interface ListModelsRequest__Output {
}
