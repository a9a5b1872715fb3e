package io.github.camelgemini.image.springboot.test;

import io.github.camelgemini.emulator.GeminiEmulator;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.util.ClassUtils;

/** Resets the emulator before each test, earlier than {@code @BeforeEach}. */
final class EmulatorResetListener implements TestExecutionListener {

    private static final boolean EMULATOR_PRESENT = ClassUtils.isPresent(
            "io.github.camelgemini.emulator.GeminiEmulator", EmulatorResetListener.class.getClassLoader());

    @Override
    public void beforeTestMethod(TestContext test) {
        if (EMULATOR_PRESENT && test.hasApplicationContext()) {
            test.getApplicationContext()
                    .getBeansOfType(GeminiEmulator.class, false, false)
                    .values()
                    .forEach(GeminiEmulator::clear);
        }
    }
}
