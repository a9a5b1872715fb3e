package io.github.camelgemini.emulator;

import java.time.Duration;

/**
 * How an emulator answers when nothing was scripted.
 *
 * @param smallPictures whether pictures weigh what they were drawn with, instead of what real ones weigh
 * @param latency how long a picture takes
 */
record Habits(boolean smallPictures, Duration latency) {

    /** A plan that no fault has changed yet. */
    Plan plan() {
        Plan plan = new Plan();
        plan.latency = latency;
        plan.generation.pictureBytes = smallPictures ? 0 : Generation.USUAL;
        return plan;
    }
}
