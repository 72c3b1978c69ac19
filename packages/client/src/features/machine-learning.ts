import type { Feature } from '../feature.ts';

/** Predictions are asked of the endpoint that belongs to the model, which the input names. */
export const machineLearning: Feature = {
  endpoint({ operation, input: { PredictEndpoint: endpoint } }) {
    return operation.name === 'Predict' && typeof endpoint === 'string' ? endpoint : undefined;
  },
};
