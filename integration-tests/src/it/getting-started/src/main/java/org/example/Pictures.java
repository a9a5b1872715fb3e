package org.example;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

public class Pictures extends RouteBuilder {

    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new Pictures());
        main.run(args);
    }

    @Override
    public void configure() {
        from("file:prompts?moveFailed=.failed")
                .to("gemini-image:generate?aspectRatio=16:9&imageSize=2K")
                .to("file:pictures");
    }
}
