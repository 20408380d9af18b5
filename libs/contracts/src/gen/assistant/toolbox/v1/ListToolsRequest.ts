// Original file: protos/assistant/toolbox/v1/toolbox.proto


export interface ListToolsRequest {
}

export interface ListToolsRequest__Output {
}
