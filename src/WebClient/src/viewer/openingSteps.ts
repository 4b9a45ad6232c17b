/** Steps of opening an iModel, in order; each is shown while it runs. */
export const openingSteps = ["Starting the viewer", "Opening the iModel", "Loading the view"] as const;
