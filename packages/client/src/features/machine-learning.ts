import type { Feature } from '../feature.ts';

/** Machine Learning: Predict is sent to the endpoint of the model, which the input names. */
export const machineLearning: Feature = {
  endpoint({ operation, input: { PredictEndpoint: endpoint } }) {
    return operation.name === 'Predict' && typeof endpoint === 'string' ? endpoint : undefined;
  },
};
